import classes from './brand.module.css'

/** The mark: a wheel of keys with its pointer. */
function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" fill="none" stroke="currentColor">
      <circle
        cx="16"
        cy="16"
        r="12"
        strokeWidth="5"
        strokeLinecap="round"
        strokeDasharray="13.1 5.75"
        transform="rotate(-76 16 16)"
      />
      <path d="M16 16V8.5" strokeWidth="3" strokeLinecap="round" />
      <circle cx="16" cy="16" r="2.6" fill="currentColor" stroke="none" />
    </svg>
  )
}

export function Brand({ name }: { name: string }) {
  return (
    <span className={classes['brand']}>
      <BrandMark />
      <span>{name}</span>
    </span>
  )
}

/** A pair of windows and the burn rate at which both of them alert. */
export interface BurnRate {
  long: string;
  short: string;
  /** How many times as fast as the budget allows: share of the budget × 30 days ÷ long window. */
  factor: string;
}

/**
 * The tiers of the SRE workbook for 30 days: 2 % of the budget in 1 hour and 5 % in 6 hours page, 10 % in 1 day or in
 * 3 days is a ticket. The short window is a twelfth of the long one.
 * https://sre.google/workbook/alerting-on-slos/ (6: multiwindow, multi-burn-rate alerts)
 */
export const BURN_RATES = {
  page: {
    quick: { long: '1h', short: '5m', factor: '14.4' },
    slow: { long: '6h', short: '30m', factor: '6' },
  },
  ticket: {
    quick: { long: '1d', short: '2h', factor: '3' },
    slow: { long: '3d', short: '6h', factor: '1' },
  },
} as const satisfies Record<string, Record<string, BurnRate>>;

/**
 * Bad requests in the long window below which nothing is said: at low traffic a single one would be a high ratio. It
 * bounds what is bad and not how many come: a full outage of a service with few requests is still seen.
 */
export const LEAST_BAD_REQUESTS = '10';

/** All tiers. */
export const TIERS: readonly BurnRate[] = Object.values(BURN_RATES).flatMap((tiers) => Object.values(tiers));

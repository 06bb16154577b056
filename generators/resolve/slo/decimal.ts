/** Decimal digits after the point with which objectives and factors are computed: all sums are in whole numbers. */
const OBJECTIVE_DECIMALS = 4;
const FACTOR_DECIMALS = 1;

/** Ratio of bad requests that an objective allows, in millionths: 1000 for 99.9 %. */
export const budgetOf = (objective: string): number =>
  100 * 10 ** OBJECTIVE_DECIMALS - whole(objective, OBJECTIVE_DECIMALS);

/** Millionths as a ratio: 0.001 for 1000. */
export const ratio = (millionths: number): string => decimal(millionths, OBJECTIVE_DECIMALS + 2);

/** A burn rate times a budget, as a ratio: exactly, whatever the factor is. */
export const burnRatio = (factor: string, budget: number): string =>
  decimal(whole(factor, FACTOR_DECIMALS) * budget, FACTOR_DECIMALS + OBJECTIVE_DECIMALS + 2);

/** A decimal number without its point: 999000 for 99.9 with 4 decimals. */
function whole(text: string, decimals: number): number {
  const [integer = '', fraction = ''] = text.split('.');
  return Number(integer + fraction.padEnd(decimals, '0'));
}

/** A whole number with a point before its last digits, without zeros at its end. */
function decimal(number: number, decimals: number): string {
  const digits = String(number).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const integer = digits.slice(0, -decimals);
  return fraction === '' ? integer : `${integer}.${fraction}`;
}

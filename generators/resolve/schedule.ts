import { quote } from '../problems/problem.ts';

interface Field {
  name: string;
  min: number;
  max: number;
  /** Names of the values, from `min` on. */
  names: readonly string[];
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_OF_MONTH = 2;
const MONTH = 3;
const DAY_OF_WEEK = 4;
const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 6, names: DAYS },
];
const SHORT_FORMS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const MOST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * What is wrong with a schedule as a CronJob has it, undefined when nothing is: five fields of numbers, names,
 * ranges, steps and lists, or a short form such as `@daily`.
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function scheduleProblem(schedule: string): string | undefined {
  const words = schedule.trim().split(/\s+/);
  const first = words[0] ?? '';
  if (/^(CRON_)?TZ=/.test(first)) return `names a time zone; say it in timeZone`;
  if (first.startsWith('@')) return shortFormProblem(schedule);
  if (words.length !== FIELDS.length)
    return `${quote(schedule)} has ${first === '' ? 'no' : words.length} fields; expected 5: minute, hour, day of month, month, day of week`;
  for (const [index, field] of FIELDS.entries()) {
    const problem = fieldProblem(words[index] ?? '', field);
    if (problem !== undefined) return `${field.name} ${problem}`;
  }
  return neverProblem(words);
}

function shortFormProblem(schedule: string): string | undefined {
  if (SHORT_FORMS.includes(schedule)) return undefined;
  return `${quote(schedule)} is not a short form; expected one of ${SHORT_FORMS.join(', ')}, or five fields`;
}

/** What is wrong with one of the five fields: `*`, `5`, `mon-fri`, `1-10/2`, or a list of them. */
function fieldProblem(text: string, field: Field): string | undefined {
  for (const part of text.split(',')) {
    const problem = partProblem(part, field);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function partProblem(part: string, field: Field): string | undefined {
  const [range = '', step, ...more] = part.split('/');
  const [from = '', to, ...others] = range.split('-');
  if (part === '' || more.length > 0 || others.length > 0)
    return `${quote(part)} is not a value, range or step; expected for example ${exampleOf(field)}`;
  if (step !== undefined && !/^[1-9][0-9]{0,4}$/.test(step))
    return `${quote(part)}: the step ${quote(step)} is not allowed; expected a whole number from 1`;
  if (isAny(range)) return undefined;
  for (const end of to === undefined ? [from] : [from, to]) {
    if (numberOf(end, field) === undefined)
      return `${quote(end)} is not allowed; expected ${valuesOf(field)}`;
  }
  if (to === undefined || Number(numberOf(from, field)) <= Number(numberOf(to, field))) return undefined;
  return `${quote(range)} ends before it begins; write two ranges with a comma between them`;
}

const isAny = (range: string) => range === '*' || range === '?';
/** True for all values; with a longer step they are some, and a day of the week counts beside that of the month. */
const isEvery = (part: string) => isAny(part.replace(/\/1$/, ''));

const valuesOf = ({ min, max, names }: Field) =>
  `${min} to ${max}${names.length === 0 ? '' : ` or ${names[0]} to ${names.at(-1)}`}`;

const exampleOf = ({ min, max }: Field) => `${min}, ${min}-${max}, */2`;

/** The number that a value of a field stands for, undefined when it is none of the field. */
function numberOf(text: string, { min, max, names }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + min;
  const number = /^[0-9]{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}

/** A day that none of the months has, as 30 February, is legal and never comes. A day of the week may come instead. */
function neverProblem(words: readonly string[]): string | undefined {
  const [days, months, weekdays] = [DAY_OF_MONTH, MONTH, DAY_OF_WEEK].map((at) => words[at] ?? '');
  if (days === undefined || months === undefined || !weekdays?.split(',').some(isEvery)) return undefined;
  const wanted = numbersOf(days, FIELDS[DAY_OF_MONTH] as Field);
  const most = numbersOf(months, FIELDS[MONTH] as Field).map((month) => MOST_DAYS[month - 1] ?? 0);
  if (wanted.some((day) => most.some((last) => day <= last))) return undefined;
  return `day of month ${quote(days)} never comes in month ${quote(months)}`;
}

/** All numbers of a field that has no problem. */
function numbersOf(text: string, field: Field): number[] {
  return text.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [from = '', to] = isAny(range) ? [String(field.min), String(field.max)] : range.split('-');
    const start = numberOf(from, field) ?? field.min;
    const end = to === undefined ? (step === undefined ? start : field.max) : (numberOf(to, field) ?? start);
    const all: number[] = [];
    for (let number = start; number <= end; number += Number(step ?? 1)) all.push(number);
    return all;
  });
}

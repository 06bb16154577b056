// Counters and a latency histogram in the text format of Prometheus:
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format

/** Upper bounds of the buckets in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.3, 0.5, 1, 2.5, 5, 10];

/**
 * @typedef {{ method: string, route: string, code: string }} Labels
 * @typedef {{ labels: Labels, buckets: number[], count: number, sum: number }} Series
 */

/** Requests by method, route and status code. */
export class Metrics {
  #status;
  /** @type {Map<string, Series>} */
  #series = new Map();
  #inFlight = 0;

  /** @param {string} status name of the label with the status code */
  constructor(status = 'code') {
    this.#status = status;
  }

  /** A request has come. */
  begin() {
    this.#inFlight++;
  }

  /**
   * A request was answered.
   * @param {Labels} labels
   * @param {number} seconds
   */
  end(labels, seconds) {
    this.#inFlight--;
    const series = this.#seriesOf(labels);
    series.count++;
    series.sum += seconds;
    BOUNDS.forEach((bound, index) => {
      if (seconds <= bound) series.buckets[index] = (series.buckets[index] ?? 0) + 1;
    });
  }

  /** @param {Labels} labels */
  #seriesOf(labels) {
    const key = JSON.stringify([labels.method, labels.route, labels.code]);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const made = { labels, buckets: BOUNDS.map(() => 0), count: 0, sum: 0 };
    this.#series.set(key, made);
    return made;
  }

  /** All of them, as Prometheus reads them. */
  text() {
    const all = [...this.#series.values()];
    const lines = [
      '# HELP http_requests_total Requests that were answered.',
      '# TYPE http_requests_total counter',
      ...all.map(({ labels, count }) => `http_requests_total{${this.#written(labels)}} ${count}`),
      '# HELP http_request_duration_seconds Time until a request was answered.',
      '# TYPE http_request_duration_seconds histogram',
      ...all.flatMap((series) => histogram(this.#written(series.labels), series)),
      '# HELP http_requests_in_flight Requests that are not answered yet.',
      '# TYPE http_requests_in_flight gauge',
      `http_requests_in_flight ${this.#inFlight}`,
    ];
    return `${lines.join('\n')}\n`;
  }

  /** @param {Labels} labels */
  #written({ method, route, code }) {
    return Object.entries({ method, route, [this.#status]: code })
      .map(
        ([name, value]) =>
          `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
      )
      .join(',');
  }
}

/** @param {string} own labels @param {Series} series */
function histogram(own, { buckets, count, sum }) {
  const name = 'http_request_duration_seconds';
  return [
    ...BOUNDS.map((bound, index) => `${name}_bucket{${own},le="${bound}"} ${buckets[index]}`),
    `${name}_bucket{${own},le="+Inf"} ${count}`,
    `${name}_sum{${own}} ${sum}`,
    `${name}_count{${own}} ${count}`,
  ];
}

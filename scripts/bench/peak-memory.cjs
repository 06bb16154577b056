// Loaded into every Node process that is measured (node --require): when it ends, it adds its peak memory to a file.
const { appendFileSync } = require('node:fs');

const file = process.env['SLIPWAY_BENCH_MEMORY'];
if (file !== undefined) {
  // In kibibytes on every system.
  process.on('exit', () => appendFileSync(file, `${process.resourceUsage().maxRSS}\n`));
}

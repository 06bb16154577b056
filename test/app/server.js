import { behaviourFrom, createApp } from './app.js';

const {
  PORT = '8080',
  CLUSTER_PORT = '9100',
  DRAIN_MS = '5000',
  BEHAVIOUR = '{}',
  STATUS_LABEL,
} = process.env;

const behaviour = behaviourFrom(BEHAVIOUR);
if (behaviour === undefined) {
  console.error('BEHAVIOUR is not {"errorRate": 0 to 1, "delay": 0 to 60000}');
  process.exit(2);
}
const { users, cluster, stop } = createApp(behaviour, Math.random, STATUS_LABEL);
users.listen(Number(PORT), () => console.log(`listening on ${PORT}`));
cluster.listen(Number(CLUSTER_PORT));

for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    console.log(`${signal}: stopping`);
    stop(Number(DRAIN_MS)).then(() => console.log('stopped'));
  });

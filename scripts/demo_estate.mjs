// Writes public/examples/demo-estate.csv: the estate of Meridian Freight, a company that does not exist.
//
//   node scripts/demo_estate.mjs
//
// The same every time: nothing is drawn by chance except with the fixed seed below. The story, for whoever shows it:
//   - Db2 grows through 2025, is consolidated in the spring of 2026, and its high-water mark stays;
//   - one VMware host of four lost its hypervisor data in 2026, so its machines count one by one at the highest tier;
//   - MQ moves to the cloud and into containers, and both places count while it moves;
//   - an Americas cluster runs WebSphere on more vCPUs than it has cores, so the server's cap saves it;
//   - a test install is excluded, with the reason that an auditor would ask for.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HEADER = 'server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to,environment,pool,pool_cores,excluded_reason';
const FIRST = '2024-11-01';
const LAST = '2026-10-31';

// A linear congruential generator: small, seeded, the same on every machine.
let seed = 20241101;
const draw = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};

const XEON = {
  gold6130: 'Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz',
  gold6248: 'Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz',
  gold6338: 'Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz',
  platinum8280: 'Intel(R) Xeon(R) Platinum 8280 CPU @ 2.70GHz',
  e5: 'Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz',
  e7: 'Intel(R) Xeon(R) CPU E7-8880 v4 @ 2.20GHz',
};
const EPYC = 'AMD EPYC 7543 32-Core Processor';

const DB2 = 'IBM Db2 Standard Edition';
const DB2_ADVANCED = 'IBM Db2 Advanced Edition';
const MQ = 'IBM MQ';
const MQ_ADVANCED = 'IBM MQ Advanced';
const WAS = 'IBM WebSphere Application Server Network Deployment';
const LIBERTY = 'IBM WebSphere Liberty Core';
const ACE = 'IBM App Connect Enterprise';
const DATAPOWER = 'IBM DataPower Gateway Virtual Edition';
const CONTENT = 'IBM FileNet Content Manager';
const COGNOS = 'IBM Cognos Analytics';
const SPSS = 'IBM SPSS Modeler Server';
const STERLING = 'IBM Sterling B2B Integrator';

const rows = [];
const host = (server, processor, sockets, cores, region, more = {}) => ({ server, processor, sockets, cores, region, ...more });
const install = (on, product, more = {}) => rows.push({ from: FIRST, to: LAST, metric: 'PVU', ...on, product, ...more });
const machine = (on, technology, partition, partition_cores, product, more = {}) =>
  install(on, product, { technology, partition, partition_cores, os: 'Red Hat Enterprise Linux 9', environment: 'production', ...more });

// Hamburg: four VMware hosts, two of them new in 2025.
const ham = [1, 2, 3, 4].map((n) => host(`ham-esx-0${n}`, n < 3 ? XEON.gold6130 : XEON.gold6338, 2, n < 3 ? 32 : 64, 'emea'));
machine(ham[0], 'vmware', 'ham-db-01', 8, DB2, { to: '2026-03-31' });
machine(ham[0], 'vmware', 'ham-db-02', 8, DB2, { from: '2025-02-01', to: '2026-03-31' });
machine(ham[1], 'vmware', 'ham-db-03', 12, DB2, { from: '2025-09-15', to: '2026-03-31' });
machine(ham[2], 'vmware', 'ham-db-10', 16, DB2, { from: '2026-04-01' });
machine(ham[0], 'vmware', 'ham-mq-01', 4, MQ, { to: '2026-05-31' });
machine(ham[1], 'vmware', 'ham-mq-02', 4, MQ, { to: '2026-05-31' });
machine(ham[1], 'vmware', 'ham-was-01', 8, WAS, { os: 'Windows Server 2022' });
machine(ham[2], 'vmware', 'ham-was-02', 8, WAS, { from: '2025-06-01', os: 'Windows Server 2022' });
machine(ham[2], 'vmware', 'ham-ace-01', 8, ACE, { from: '2025-06-01', to: '2026-09-15' });
machine(ham[3], 'vmware', 'ham-bi-01', 16, COGNOS, { from: '2025-06-01', to: '2026-08-31' });
machine(ham[3], 'vmware', 'ham-fn-01', 8, CONTENT);
machine(ham[3], 'vmware', 'ham-fn-02', 8, CONTENT, { environment: 'test' });
machine(ham[3], 'vmware', 'ham-test-07', 4, DB2_ADVANCED, { environment: 'development', excluded_reason: 'Developer edition without charge, ticket MF-2214' });

// Rotterdam: a fourth host whose hypervisor data stopped in February 2026.
const rtm = [1, 2, 3, 4].map((n) => host(`rtm-esx-0${n}`, XEON.gold6248, 2, 40, 'emea'));
machine(rtm[0], 'vmware', 'rtm-was-01', 12, WAS);
machine(rtm[1], 'vmware', 'rtm-was-02', 12, WAS, { to: '2026-04-30' });
machine(rtm[2], 'vmware', 'rtm-lib-01', 8, LIBERTY);
machine(rtm[3], 'vmware', 'rtm-lib-02', 8, LIBERTY, { to: '2026-01-31' });
const lost = host('rtm-unknown', XEON.e7, '', '', 'emea');
machine(lost, 'unknown', 'rtm-lib-02', 8, LIBERTY, { from: '2026-02-01' });
machine(lost, 'unknown', 'rtm-lib-03', 4, LIBERTY, { from: '2026-02-01' });
machine(lost, 'unknown', 'rtm-db-09', 6, DB2, { from: '2026-02-01' });

// London and Madrid: smaller places, some on bare metal.
install(host('lon-phys-01', XEON.e5, 2, 28, 'emea'), STERLING, { technology: 'none', os: 'Red Hat Enterprise Linux 8', environment: 'production' });
install(host('lon-phys-02', XEON.e5, 2, 28, 'emea'), STERLING, { technology: 'none', os: 'Red Hat Enterprise Linux 8', environment: 'standby', from: '2025-01-10', to: '2026-02-14' });
machine(host('mad-hv-01', XEON.gold6130, 2, 32, 'emea'), 'hyper-v', 'mad-sql-02', 8, SPSS, { os: 'Windows Server 2022' });
machine(host('mad-hv-02', XEON.gold6130, 2, 32, 'emea'), 'hyper-v', 'mad-sql-03', 4, SPSS, { os: 'Windows Server 2022', from: '2025-03-01' });

// Frankfurt: POWER. Capped and uncapped partitions, two of them in a pool, some under Linux.
const e980 = host('fra-p9-01', 'IBM POWER9 E980', 4, 48, 'emea');
machine(e980, 'powervm-capped', 'fra-lpar-01', 3.5, DB2_ADVANCED, { os: 'AIX 7.3', pool: 'DB2POOL', pool_cores: 8 });
machine(e980, 'powervm-capped', 'fra-lpar-02', 2.25, DB2_ADVANCED, { os: 'AIX 7.3', pool: 'DB2POOL', pool_cores: 8 });
machine(e980, 'powervm-uncapped', 'fra-lpar-03', 12, DB2_ADVANCED, { os: 'AIX 7.3', pool: 'DB2POOL', pool_cores: 8, from: '2025-11-01', to: '2026-06-30' });
machine(e980, 'powervm-dedicated', 'fra-lpar-04', 6, STERLING, { os: 'AIX 7.3' });
machine(e980, 'powervm-uncapped', 'fra-lpar-05', 8, MQ_ADVANCED, { os: 'Red Hat Enterprise Linux 9' });
const s924 = host('fra-p9-02', 'IBM POWER9 S924', 2, 20, 'emea');
machine(s924, 'powervm-capped', 'fra-lpar-11', 1.75, CONTENT, { os: 'AIX 7.2' });
machine(s924, 'powervm-capped', 'fra-lpar-12', 0.5, MQ_ADVANCED, { os: 'AIX 7.2' });
const s1022 = host('fra-p10-01', 'IBM POWER10 S1022', 2, 24, 'emea', { from: '2026-03-01' });
machine(s1022, 'powervm-capped', 'fra-lpar-21', 2.5, DB2_ADVANCED, { os: 'AIX 7.3', from: '2026-03-01' });

// Dallas: a cluster that gives out more vCPUs than it has cores.
const dal = [1, 2, 3, 4, 5].map((n) => host(`dal-esx-0${n}`, n < 4 ? XEON.platinum8280 : EPYC, 2, n < 4 ? 56 : 64, 'americas'));
for (let n = 1; n <= 9; n += 1) {
  machine(dal[0], 'vmware', `dal-was-${String(n).padStart(2, '0')}`, 8, WAS, n < 6 ? {} : { from: '2025-05-01', to: '2026-06-30' });
}
machine(dal[1], 'vmware', 'dal-db-01', 16, DB2);
machine(dal[1], 'vmware', 'dal-db-02', 16, DB2, { from: '2025-07-01', to: '2026-02-28' });
machine(dal[2], 'vmware', 'dal-ace-01', 8, ACE);
machine(dal[2], 'vmware', 'dal-ace-02', 8, ACE, { from: '2025-10-01', to: '2026-09-15' });
machine(dal[3], 'vmware', 'dal-dp-01', 8, DATAPOWER);
machine(dal[3], 'vmware', 'dal-dp-02', 8, DATAPOWER);
machine(dal[4], 'vmware', 'dal-bi-01', 24, COGNOS, { to: '2025-12-31' });
machine(dal[4], 'vmware', 'dal-bi-01', 16, COGNOS, { from: '2026-01-01' });
machine(dal[4], 'vmware', 'dal-mqa-01', 4, MQ_ADVANCED);

// Sao Paulo and Toronto.
machine(host('gru-kvm-01', XEON.gold6130, 2, 32, 'americas'), 'kvm', 'gru-was-01', 6, WAS);
machine(host('gru-kvm-02', XEON.gold6130, 2, 32, 'americas'), 'kvm', 'gru-mq-01', 4, MQ, { to: '2026-05-31' });
machine(host('tor-ahv-01', EPYC, 2, 64, 'americas'), 'ahv', 'tor-db-01', 8, DB2);
machine(host('tor-ahv-02', EPYC, 2, 64, 'americas'), 'ahv', 'tor-fn-01', 4, CONTENT);

// Singapore and Sydney.
const sin = [1, 2, 3, 4].map((n) => host(`sin-esx-0${n}`, XEON.gold6248, 2, 40, 'apac'));
machine(sin[0], 'vmware', 'sin-db-01', 8, DB2, { to: '2026-01-31' });
machine(sin[0], 'vmware', 'sin-db-01', 4, DB2, { from: '2026-02-01' });
machine(sin[1], 'vmware', 'sin-was-01', 8, WAS);
machine(sin[1], 'vmware', 'sin-was-02', 8, WAS, { to: '2025-12-31' });
machine(sin[2], 'vmware', 'sin-ace-01', 4, ACE, { to: '2026-07-31' });
machine(sin[3], 'vmware', 'sin-spss-01', 4, SPSS, { from: '2025-04-01' });
install(host('syd-phys-01', XEON.e5, 2, 28, 'apac'), COGNOS, { technology: 'none', os: 'Windows Server 2019', environment: 'production', to: '2026-07-31' });
machine(host('syd-x-01', XEON.gold6130, 2, 32, 'apac'), 'xen', 'syd-dp-01', 4, DATAPOWER);

// MQ leaves for the cloud and for containers; old and new count together while it moves.
for (const [n, from] of [['01', '2026-03-01'], ['02', '2026-03-01'], ['03', '2026-04-15']]) {
  machine(host(`aws-mq-${n}`, '', '', '', 'emea'), 'cloud', `aws-mq-${n}`, 4, MQ, { from });
}
for (let n = 1; n <= 3; n += 1) {
  const node = host(`ocp-node-0${n}`, XEON.gold6338, 2, 64, 'emea');
  const limit = [1.5, 2, 0.75][n - 1];
  machine(node, 'container', `app-connect-${n}`, limit, ACE, { metric: 'VPC', from: '2025-12-01', os: 'Red Hat CoreOS' });
}

// Start and end days are working days by accident, as they are in any real list: a few days around what was planned.
const moved = (day) => {
  if (day === FIRST || day === LAST || day.endsWith('-01') === false) return day;
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + draw(4));
  return date.toISOString().slice(0, 10);
};
for (const row of rows) row.from = moved(row.from);

const field = (value) => {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const columns = HEADER.split(',');
const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
const target = fileURLToPath(new URL('../public/examples/demo-estate.csv', import.meta.url));
writeFileSync(target, `${[HEADER, ...lines].join('\n')}\n`);

const count = (key) => new Set(rows.map((row) => row[key])).size;
console.log(`${rows.length} rows, ${count('server')} servers, ${count('product')} products, ${count('region')} regions`);

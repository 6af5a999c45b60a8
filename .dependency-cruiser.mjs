// Who may import whom (ARCHITECTURE.md). `npm run check` runs it; test/rooms.test.ts plants violations and sees it fail.
const room = (name) => `^src/${name}/`;
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(src|test|scripts)/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    only('core-imports-nothing', room('core'), [room('core')], 'core is pure: it imports nothing of ours'),
    only('platform-imports-nothing', room('platform'), [room('platform')], 'platform has no business word in it'),
    only(
      'desk',
      room('desk'),
      [room('core'), room('desk'), room('platform')],
      'the business knows no channel, page or command',
    ),
    only(
      'channels',
      room('channels'),
      [room('core'), room('desk'), room('platform'), room('channels')],
      'a channel hands over to desk',
    ),
    only(
      'web',
      room('web'),
      [room('core'), room('desk'), room('platform'), room('simulator'), room('web')],
      'pages and API use desk',
    ),
    only(
      'cli',
      room('cli'),
      [room('core'), room('desk'), room('platform'), room('simulator'), room('cli'), '^src/house\\.ts$'],
      'commands use desk; house.ts opens it for them',
    ),
    only('simulator', room('simulator'), [room('core'), room('simulator')], 'the proof that routing is pure'),
    only(
      'workspace',
      room('workspace'),
      [room('core'), room('workspace'), room('web/api'), room('web/ui')],
      'core, the types of the API and the design tokens',
    ),
    {
      name: 'workspace-takes-types-only',
      comment: 'of web/api the workspace may import types alone',
      severity: 'error',
      from: { path: room('workspace') },
      to: { path: room('web/api'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-does-no-io',
      comment: 'core has no clock, no file, no network',
      severity: 'error',
      from: { path: room('core'), pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|url)$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test(-support)?\\.tsx?$' },
      to: { path: ['\\.test(-support)?\\.tsx?$', '^test/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

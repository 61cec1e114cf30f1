import { join } from 'node:path';
import { build } from './build.ts';
import { writeEnginePin } from './generate-engine-pin.ts';
import { writeReadmes } from './generate-readmes.ts';
import { writeSchemas } from './generate-schemas.ts';
import { readRelease, writeWorkflows } from './generate-workflows.ts';

/** Makes every generated file again. `npm run check` fails when this leaves a difference. */
const root = join(import.meta.dirname, '..');
writeWorkflows(root, readRelease(root));
writeReadmes(root);
writeSchemas(root);
writeEnginePin(root);
await build(join(root, 'dist'));

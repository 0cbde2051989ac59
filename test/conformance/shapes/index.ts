import type { Program } from '../program.ts';
import { basicShapes } from './basics.ts';
import { bulkShapes } from './bulk.ts';
import { callShapes } from './calls.ts';
import { controlShapes } from './control.ts';
import { deadCodeShapes } from './deadCode.ts';
import { limitShapes } from './limits.ts';
import { linkingShapes } from './linking.ts';
import { shapeProgram } from './shape.ts';
import { sizeShapes } from './sizes.ts';
import { trapShapes } from './traps.ts';

const shapes = [
  ...basicShapes,
  ...controlShapes,
  ...deadCodeShapes,
  ...callShapes,
  ...linkingShapes,
  ...bulkShapes,
  ...sizeShapes,
  ...limitShapes,
  ...trapShapes,
];

/** Every hand-written program, assembled. */
export async function shapePrograms(): Promise<Program[]> {
  return Promise.all(shapes.map(shapeProgram));
}

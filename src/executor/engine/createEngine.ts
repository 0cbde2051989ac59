import type { CoreEngine, EngineOptions } from './engine.ts';
import { MeteredEngine } from './meteredEngine.ts';

/** The engine of one run. */
export function createCoreEngine(options: EngineOptions): CoreEngine {
  return new MeteredEngine(options);
}

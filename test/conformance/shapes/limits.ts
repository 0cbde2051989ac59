import type { Shape } from './shape.ts';

/** Memory limits as wasmtime's limiter applies them, one MiB being sixteen pages. */
export const limitShapes: readonly Shape[] = [
  {
    name: 'growth up to the limit and beyond',
    wat: '(memory (export "m") 1) (func (export "f") (param i32) (result i32 i32) (memory.grow (local.get 0)) (memory.size))',
    calls: ['f i32:14', 'f i32:1', 'f i32:1', 'f i32:0', 'f i32:65536', 'f i32:4294967295'],
    memoryMb: 1,
  },
  {
    name: 'growth beyond the declared maximum, below the limit',
    wat: '(memory (export "m") 1 3) (func (export "f") (param i32) (result i32 i32) (memory.grow (local.get 0)) (memory.size))',
    calls: ['f i32:3', 'f i32:2', 'f i32:1'],
    memoryMb: 1,
  },
  {
    name: 'a declared maximum beyond the limit',
    wat: '(memory (export "m") 1 100) (func (export "f") (param i32) (result i32 i32) (memory.grow (local.get 0)) (memory.size)) (func (export "far") (result i32) (i32.load offset=2000000 (i32.const 0)))',
    calls: ['f i32:15', 'f i32:1', 'far'],
    memoryMb: 1,
  },
  {
    name: 'a minimum at the limit',
    wat: '(memory (export "m") 16) (func (export "f"))',
    calls: ['f'],
    memoryMb: 1,
  },
  { name: 'a minimum beyond the limit', wat: '(memory 17) (func (export "f"))', calls: ['f'], memoryMb: 1 },
  {
    name: 'two memories, each held to the limit by itself',
    wat: '(memory $a (export "a") 10) (memory $b (export "b") 10) (func (export "f") (result i32 i32 i32) (memory.grow $a (i32.const 6)) (memory.grow $b (i32.const 6)) (memory.grow $b (i32.const 1)))',
    calls: ['f'],
    memoryMb: 1,
  },
  {
    name: 'no memory to begin with',
    wat: '(memory (export "m") 0) (func (export "f") (result i32) (memory.grow (i32.const 1))) (func (export "g") (i32.store8 (i32.const 65535) (i32.const 1)))',
    calls: ['g', 'f', 'g'],
  },
];

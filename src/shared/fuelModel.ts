/**
 * The published fuel models. A fuel number without its model's name is worth nothing, so every result carries one.
 *
 * - `wasmtime-28`: what wasmtime 28 to 45 charge; the OutLayer worker runs 28.
 * - `wasmtime-current`: wasmtime 46 and later, which also charge bulk operations by their size.
 */
export const fuelModels = ['wasmtime-28', 'wasmtime-current'] as const;

export type FuelModel = (typeof fuelModels)[number];

export const defaultFuelModel: FuelModel = 'wasmtime-28';

/** Whether a text names a fuel model. */
export function isFuelModel(text: string): text is FuelModel {
  return (fuelModels as readonly string[]).includes(text);
}

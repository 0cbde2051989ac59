/** Milliseconds between two tellings: as often as a panel draws, and nothing beside what a write costs. */
const intervalMs = 50;

/**
 * Tells how much fuel a program has used so far. To be called where the guest has just called the host, when its
 * counter is written back; in between it is in a register, where reading it would slow every instruction.
 *
 * @param fuelUsed units, as the engine counts them now
 */
export function tellingFuel(fuelUsed: () => number, tell: (units: number) => void): () => void {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < intervalMs) return;
    last = now;
    tell(fuelUsed());
  };
}

/**
 * CPU time of this process so far, in seconds. Other programmes on the machine hardly show in it; the collector of a
 * candidate's garbage does, on whatever thread it works.
 */
export function processClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A simulated number beside the one it should be. */
export interface Figure {
  readonly name: string;
  readonly simulated: number;
  readonly exact: number;
  /** Of the difference. */
  readonly standardError: number;
  /** How far the exact number may itself be off, as its source says; 0 unless given. */
  readonly allowance?: number;
}

/** The difference, beyond what the source allows for, in standard errors. */
export function zOf({ simulated, exact, standardError, allowance = 0 }: Figure): number {
  const difference = simulated - exact;
  const beyond = allowance > 0 ? Math.max(0, Math.abs(difference) - allowance) : Math.abs(difference);
  return (Math.sign(difference) * beyond) / standardError;
}

/** What must not be: further than 4 standard errors apart, or no number. */
export function outliers(figures: readonly Figure[]): string[] {
  return figures.filter((figure) => !(Math.abs(zOf(figure)) <= 4)).map(describeFigure);
}

/** One line: name, simulated, exact, z, and the allowance if there is one. */
export function describeFigure(figure: Figure): string {
  const numbers = [figure.simulated, figure.exact].map((x) => x.toPrecision(9).padStart(14)).join("");
  const allowance = figure.allowance ? ` beyond ±${figure.allowance.toPrecision(2)}` : "";
  return `${figure.name.padEnd(60)}${numbers}${zOf(figure).toFixed(2).padStart(8)}${allowance}`;
}

/** Powers of a sample summed up: enough for its mean, its variance and the standard errors of both. */
export class PowerSums {
  private count = 0;
  private readonly powers = [0, 0, 0, 0];

  add(x: number): void {
    const xx = x * x;
    this.count += 1;
    this.powers[0]! += x;
    this.powers[1]! += xx;
    this.powers[2]! += xx * x;
    this.powers[3]! += xx * xx;
  }

  mean(name: string, exact: number): Figure {
    const { mean, variance } = this.central();
    return { name: `${name}, mean`, simulated: mean, exact, standardError: Math.sqrt(variance / this.count) };
  }

  variance(name: string, exact: number): Figure {
    const { variance } = this.central();
    return { name: `${name}, variance`, simulated: variance, exact, standardError: this.errorOfVariance() };
  }

  /** Standard error of the variance: sqrt((m4 - variance²) / n). */
  errorOfVariance(): number {
    const { variance, fourth } = this.central();
    return Math.sqrt((fourth - variance * variance) / this.count);
  }

  private central(): { mean: number; variance: number; fourth: number } {
    const [mean, second, third, fourth] = this.powers.map((sum) => sum / this.count) as [
      number,
      number,
      number,
      number,
    ];
    return {
      mean,
      variance: second - mean * mean,
      fourth: fourth - 4 * mean * third + 6 * mean * mean * second - 3 * mean ** 4,
    };
  }
}

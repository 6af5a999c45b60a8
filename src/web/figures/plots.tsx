import type { Estimate } from '../../core/continuity/interval.ts';

/** A share on a scale from 0 to 100 %: the interval as a bar, the value as a dot. The numbers stand beside it. */
export function SharePlot({ share }: { share: Estimate }) {
  const at = (value: number) => (2 + value * 96).toFixed(1);
  return (
    <svg width="100" height="12" viewBox="0 0 100 12" aria-hidden="true" focusable="false">
      <path d="M2 6H98" stroke="currentColor" stroke-opacity=".25" />
      <path d={`M${at(share.low)} 6H${at(share.high)}`} stroke="currentColor" stroke-width="4" stroke-opacity=".5" />
      <circle cx={at(share.value)} cy="6" r="3" fill="currentColor" />
    </svg>
  );
}

interface MonthsPlotProps {
  label: string;
  months: readonly { name: string; share: Estimate }[];
}

/** Month by month: the value as a dot on a line, its interval as a bar, 0 to 100 %. */
export function MonthsPlot({ label, months }: MonthsPlotProps) {
  const step = 44;
  const width = 40 + months.length * step;
  const x = (index: number) => 52 + index * step;
  const y = (value: number) => Math.round(112 - value * 100);
  return (
    <svg width={width} height="136" viewBox={`0 0 ${width} 136`} role="img" aria-label={label}>
      {[0, 0.5, 1].map((line) => (
        <g key={line}>
          <path d={`M32 ${y(line)}H${width}`} stroke="currentColor" stroke-opacity=".25" />
          <text x="0" y={y(line) + 4} font-size="11" fill="currentColor">
            {line * 100}
          </text>
        </g>
      ))}
      <path
        d={months.map(({ share }, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(share.value)}`).join('')}
        fill="none"
        stroke="currentColor"
        stroke-opacity=".5"
      />
      {months.map(({ name, share }, index) => (
        <g key={name}>
          <path
            d={`M${x(index)} ${y(share.low)}V${y(share.high)}`}
            stroke="currentColor"
            stroke-width="3"
            stroke-opacity=".5"
          />
          <circle cx={x(index)} cy={y(share.value)} r="3" fill="currentColor" />
          <text x={x(index)} y="130" font-size="11" text-anchor="middle" fill="currentColor">
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}

// The first picture of a chart: its figure as plain SVG, drawn in a few milliseconds, so that who only looks needs no Plotly (a
// megabyte of code, and a third of a second to draw). It stands where Plotly's will stand; charts.js puts that in its place when
// a reader turns to the chart. It knows what our own figures use: points, lines, bars, months by lanes, straight shapes, notes and two axes.
const Sketch = (() => {
  const KNOWN = ['scatter', 'bar', 'heatmap'];
  const can = ({ data }) => data.every(({ type }) => KNOWN.includes(type));
  const node = (name, attributes = {}, ...children) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };
  const SHADES = 24;
  const round = (n) => Math.round(n * 100) / 100;
  const one = (value, i) => (Array.isArray(value) ? value[i] : value);

  // Shapes of marks by half their size, as Plotly has them.
  const star = (r) => [.225, -.309, .951, -.309, .363, .118, .588, .809, 0, .382, -.588, .809, -.363, .118, -.951, -.309, -.225, -.309, 0, -1].map((n) => round(n * r * 1.4));
  const polygon = (x, y, numbers) => `${numbers.map((n, i) => (i % 2 ? `,${round(y + n)}` : `${i ? 'L' : 'M'}${round(x + n)}`)).join('')}Z`;
  const SHAPES = {
    circle: (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
    square: (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    'triangle-up': (x, y, r) => polygon(x, y, [-1.155 * r, r / 2, 1.155 * r, r / 2, 0, -r]),
    star: (x, y, r) => polygon(x, y, star(r)),
    hexagon2: (x, y, r) => polygon(x, y, [-r / 2, .866 * r, r / 2, .866 * r, r, 0, r / 2, -.866 * r, -r / 2, -.866 * r, -r, 0]),
    diamond: (x, y, r) => polygon(x, y, [1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0, 0, -1.3 * r]),
    'x-thin': (x, y, r) => `M${x + r},${y + r}L${x - r},${y - r}M${x + r},${y - r}L${x - r},${y + r}`,
    'line-ns': (x, y, r) => `M${x},${y + 1.4 * r}V${y - 1.4 * r}`,
  };
  const FILLED = ({ symbol }) => !/-open$|-thin$|^line/.test(symbol);

  const number = (value) => (typeof value === 'string' ? Date.parse(value) : value);
  // Pixels of a value; `from` and `to` are those of the ends of the range.
  const scale = ({ range }, from, to) => { const [a, b] = range.map(number); return (value) => from + (number(value) - a) / (b - a) * (to - from); };

  // Ticks as [value of the line, value of the label, words]. A label stands in the middle of the month or year that it names.
  const months = () => (document.querySelector('meta[name="short-months"]')?.content || '').split(' ');
  const worded = (time, format) => {
    const day = new Date(time);
    return format.replace('%Y', day.getUTCFullYear()).replace('%b', months()[day.getUTCMonth()]).replace('%e', day.getUTCDate());
  };
  const times = ({ range, dtick, tick0, tickformat, ticklabelmode }) => {
    const [from, to] = range.map(number); const start = new Date(tick0); const found = [];
    const at = typeof dtick === 'string' ? (i) => Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + i * dtick.slice(1)) : (i) => start.getTime() + i * dtick;
    const next = (time, i) => { const day = new Date(time); return tickformat.includes('%b') ? Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1) : at(i + 1); };
    const about = Math.floor((from - start) / (at(1) - at(0))) - 1;
    for (let i = about; at(i) <= to; i += 1) found.push([at(i), ticklabelmode === 'period' ? (at(i) + next(at(i), i)) / 2 : at(i), worded(at(i), tickformat)]);
    return found;
  };
  const plain = ({ range: [from, to], nticks = 6 }) => {
    const rough = (to - from) / nticks; const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough); const found = [];
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push([at, at, String(round(at))]);
    return found;
  };
  const ticks = (axis) => {
    if (axis.tickvals) return axis.tickvals.map((value, i) => [value, value, axis.ticktext[i]]);
    return axis.type === 'date' ? times(axis) : plain(axis);
  };
  // Where cells begin and end: halfway to their neighbours.
  const edges = (values, on) => {
    const at = values.map(number); const step = at[1] - at[0] || (typeof values[0] === 'string' ? 30 * 864e5 : 62);
    return at.map((here, i) => [(here + (at[i - 1] ?? here - step)) / 2, (here + (at[i + 1] ?? here + (here - at[i - 1] || step))) / 2].map(on).sort((a, b) => a - b));
  };
  const shaded = (scale, part) => {
    const i = Math.max(1, scale.findIndex(([stop]) => stop >= part)); const [[from, near], [to, far]] = [scale[i - 1], scale[i]];
    const [one, other] = [near, far].map((colour) => colour.match(/[\d.]+/g).map(Number));
    return `rgb(${[0, 1, 2].map((k) => Math.round(one[k] + (other[k] - one[k]) * (part - from) / (to - from)))})`;
  };
  const within = (axis) => { const [a, b] = axis.range.map(number); return (value) => number(value) >= Math.min(a, b) && number(value) <= Math.max(a, b); };

  // Words with <b>, <br> and a smaller size: `up` is how far the block stands above its first line's own place, in lines.
  const decoded = (text) => text.replace(/<[^>]+>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  const words = (text, x, y, size, colour, anchor, up) => {
    const lines = text.split('<br>'); const block = node('text', { fill: colour, 'font-size': size, 'text-anchor': anchor });
    lines.forEach((line, i) => {
      const small = /font-size:([\d.]+)px/.exec(line);
      const span = node('tspan', { x: round(x), y: round(y + (i - up * (lines.length - 1)) * size * 1.3), 'font-size': small ? small[1] : size });
      if (line.startsWith('<b>')) span.append(node('tspan', { 'font-weight': 700 }, decoded(line.split('</b>')[0])), decoded(line.split('</b>')[1] || '')); else span.append(decoded(line));
      block.append(span);
    });
    return block;
  };
  const ANCHOR = { left: 'start', right: 'end', center: 'middle' };

  const draw = (el, { data, layout }, template) => {
    const { width, height, margin: m } = layout; const [right, bottom] = [width - m.r, height - m.b];
    const [xaxis, yaxis] = ['xaxis', 'yaxis'].map((name) => ({ ...template.layout[name], ...layout[name] }));
    const x = scale(xaxis, m.l, right); const y = scale(yaxis, bottom, m.t);
    const below = node('g'); const marks = node('svg', { x: m.l, y: 0, width: right - m.l, height, viewBox: `${m.l} 0 ${right - m.l} ${height}` }); const above = node('g');
    const line = (x1, y1, x2, y2, { color, width: thick = 1, dash }) => below.append(node('path', { d: `M${round(x1)},${round(y1)}L${round(x2)},${round(y2)}`, fill: 'none', stroke: color, 'stroke-width': thick, 'stroke-dasharray': dash || 'none' }));
    const label = (axis, text, px, py, anchor, up) => above.append(node('g', { class: axis === xaxis ? 'xtick' : 'ytick' }, words(text, px, py, axis.tickfont.size, axis.tickfont.color, anchor, up)));

    ticks(xaxis).forEach(([at, middle, text]) => {
      if (xaxis.showgrid && within(xaxis)(at)) line(x(at), m.t, x(at), bottom, { color: xaxis.gridcolor });
      if (within(xaxis)(middle) && x(middle) + Tracker.textWidth(decoded(text).trim(), xaxis.tickfont.size) / 2 < width) label(xaxis, text, x(middle), xaxis.side === 'top' ? m.t - 3.7 : bottom + 14.5, 'middle', xaxis.side === 'top' ? 1 : 0);
    });
    ticks(yaxis).forEach(([at, middle, text]) => {
      if (yaxis.showgrid && within(yaxis)(at)) line(m.l, y(at), right, y(at), { color: yaxis.gridcolor });
      if (within(yaxis)(middle)) label(yaxis, text, m.l - 1, y(middle) + yaxis.tickfont.size * .35, 'end', .5);
    });
    const onPaper = { x: (n) => m.l + n * (right - m.l), y: (n) => bottom - n * (bottom - m.t) };
    const seen = (on, axis, ...ends) => on === 'paper' || ends.some(within(axis));
    (layout.shapes || []).forEach((shape) => {
      if (!seen(shape.xref, xaxis, shape.x0, shape.x1) || !seen(shape.yref, yaxis, shape.y0, shape.y1)) return;
      const [px, py] = [shape.xref === 'paper' ? onPaper.x : x, shape.yref === 'paper' ? onPaper.y : y];
      line(px(shape.x0), py(shape.y0), px(shape.x1), py(shape.y1), { ...shape.line, dash: shape.line.dash?.replaceAll('px', '') });
    });

    const spots = []; const stacked = new Map();
    const points = ({ x: xs, y: ys, marker, customdata }) => {
      const { width: edge, color } = marker.line; let together = '';
      xs.forEach((value, i) => {
        const [px, py] = [round(x(value)), round(y(ys[i]))]; const symbol = one(marker.symbol, i);
        const d = SHAPES[symbol.replace('-open', '')](px, py, one(marker.size, i) / 2);
        spots.push([px, py, customdata?.[i]]);
        if (!edge) together += d; else marks.append(node('path', { d, fill: FILLED({ symbol }) ? marker.color : 'none', 'fill-opacity': marker.opacity, stroke: FILLED({ symbol }) ? color : marker.color, 'stroke-width': edge, 'stroke-opacity': marker.opacity }));
      });
      if (together) marks.append(node('path', { d: together, fill: marker.color, 'fill-opacity': marker.opacity }));
    };
    const lines = ({ x: xs, y: ys, line: pen, opacity }) => {
      const d = xs.map((value, i) => (value === null || ys[i] === null ? '' : `${i && xs[i - 1] !== null && ys[i - 1] !== null ? 'L' : 'M'}${round(x(value))},${round(y(ys[i]))}`)).join('');
      marks.append(node('path', { d, fill: 'none', stroke: pen.color, 'stroke-width': pen.width, opacity }));
    };
    const bars = ({ x: xs, y: ys, width: span, marker }) => xs.forEach((value, i) => {
      const base = stacked.get(value) || 0; const top = base + ys[i]; stacked.set(value, top);
      const [left, end] = [x(number(value) - span / 2), x(number(value) + span / 2)];
      if (ys[i]) marks.append(node('path', { d: `M${round(left)},${round(y(base))}V${round(y(top))}H${round(end)}V${round(y(base))}Z`, fill: marker.color, stroke: marker.line.color, 'stroke-width': marker.line.width }));
    });
    // Months across, lanes down (or the other way about), each cell in one of a few shades of its scale: a path for each shade.
    const heat = ({ x: across, y: down, z, colorscale, xgap, ygap }) => {
      const counts = z.flat().filter((n) => n !== null); const [least, most] = [Math.min(...counts), Math.max(...counts)];
      const [columns, rows] = [edges(across, x), edges(down, y)]; const shades = Array.from({ length: SHADES + 1 }, () => '');
      z.forEach((line, i) => line.forEach((n, j) => {
        const [[left, end], [top, foot]] = [columns[j], rows[i]];
        if (n === null || end < m.l || left > right) return;
        shades[Math.round((n - least) / (most - least || 1) * SHADES)] += `M${round(left + xgap / 2)},${round(top + ygap / 2)}H${round(Math.max(end - xgap / 2, left + 1))}V${round(foot - ygap / 2)}H${round(left + xgap / 2)}Z`;
      }));
      shades.forEach((d, shade) => { if (d) marks.append(node('path', { d, fill: shaded(colorscale, shade / SHADES) })); });
    };
    data.forEach((trace) => (trace.type === 'heatmap' ? heat : trace.type === 'bar' ? bars : trace.mode === 'lines' ? lines : points)(trace));

    (layout.annotations || []).forEach((n) => {
      const [px, py] = [(n.xref === 'paper' ? onPaper.x : x)(n.x) + (n.xshift || 0), (n.yref === 'paper' ? onPaper.y : y)(n.y) - (n.yshift || 0)];
      const rises = { bottom: 1, top: 0 }[n.yanchor] ?? .5; const { size, color } = n.font;
      const inwards = { left: 2, right: -2 }[n.xanchor] || 0;
      above.append(words(n.text, px + inwards, py + { 1: -.27 * size - 3.4, 0: .97 * size + 1, .5: .35 * size - 1 }[rises], size, color, ANCHOR[n.xanchor] || 'middle', rises));
      // Words that stand over marks have the paper around their letters.
      if (n.bgcolor) Object.entries({ stroke: n.bgcolor, 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }).forEach(([key, value]) => above.lastChild.setAttribute(key, value));
    });
    el.querySelector('.sketch')?.remove();
    el.append(node('svg', { class: 'sketch', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', 'font-family': 'inherit' }, below, marks, above));
    return spots;
  };

  return { can, draw };
})();

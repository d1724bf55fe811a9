// Pictures that the server has drawn as SVG: [data-drawn] holds one or more svg, marks with [data-said] and [data-href], a line
// [data-reading] that tells the mark under the pointer or the arrow keys, and [data-tools] with exports and copies.
// All of it can be read without this file: sentence, picture, table, CSV and JSON.
(() => {
  const PROPERTIES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'];

  const travel = (box) => {
    const svg = box.querySelector('svg.picture'); const line = box.querySelector('[data-reading]');
    const marks = [...box.querySelectorAll('svg.picture [data-said]')];
    if (!svg || !line || !marks.length) return;
    let at = -1;
    const tell = (i) => {
      marks[at]?.classList.remove('at'); at = i; marks[at]?.classList.add('at');
      if (marks[at]) { line.textContent = marks[at].dataset.said; line.dataset.told = ''; }
    };
    const open = () => { if (marks[at]) location.assign(marks[at].dataset.href); };
    svg.setAttribute('tabindex', '0'); svg.setAttribute('role', 'application');
    svg.addEventListener('pointerover', (event) => { const i = marks.indexOf(event.target); if (i >= 0) tell(i); });
    svg.addEventListener('click', (event) => { const i = marks.indexOf(event.target); if (i < 0) return; const seen = at === i; tell(i); if (seen || matchMedia('(hover: hover)').matches) open(); });
    svg.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -1e9, End: 1e9 }[event.key];
      if (step) { event.preventDefault(); tell(Math.max(0, Math.min(marks.length - 1, at + step))); }
      if (event.key === 'Enter') open();
      if (event.key === 'Escape') svg.blur();
    });
  };

  // A picture that stands alone: every computed colour and letter written out. Several strips stand below each other.
  const alone = (box) => {
    const name = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const svgs = [...box.querySelectorAll('svg.picture, .silences svg')];
    const width = Math.max(...svgs.map((svg) => svg.clientWidth)); let height = 0;
    const text = (words, size) => {
      const line = document.createElementNS(name.namespaceURI, 'text');
      height += size + 8; line.setAttribute('y', height - 6);
      Object.entries({ fill: getComputedStyle(box).color, 'font-family': 'Source Sans 3, Noto Sans, sans-serif', 'font-size': `${size}px` }).forEach(([key, value]) => line.setAttribute(key, value));
      line.textContent = words; name.append(line);
    };
    text(box.querySelector('.figure-title').textContent, 18);
    svgs.forEach((svg) => {
      const label = svg.closest('.gauge')?.querySelector('.gauge-name')?.textContent;
      if (label) text(`${label}: ${svg.closest('.gauge').querySelector('.gauge-now').textContent.trim()}`, 13);
      const copy = svg.cloneNode(true); const from = [svg, ...svg.querySelectorAll('*')];
      [copy, ...copy.querySelectorAll('*')].forEach((node, i) => {
        const style = getComputedStyle(from[i]);
        if (i) PROPERTIES.forEach((key) => node.setAttribute(key, key === 'fill' && style.fill.includes('#hatch') ? 'url(#hatch)' : style.getPropertyValue(key)));
        if (node.classList.contains('spot') && node.tagName === 'rect') node.setAttribute('fill', 'none');
        Object.keys(node.dataset).forEach((key) => delete node.dataset[key]);
        ['class', 'tabindex', 'role', 'aria-label'].forEach((key) => node.removeAttribute(key));
      });
      const tall = svg.clientHeight || svg.getBoundingClientRect().height;
      copy.setAttribute('y', height + 6); copy.setAttribute('width', svg.clientWidth || svg.getBoundingClientRect().width); copy.setAttribute('height', tall); copy.setAttribute('overflow', 'visible');
      height += tall + 10; name.append(copy);
    });
    const hatch = document.getElementById('hatch').cloneNode(true);
    hatch.firstElementChild.setAttribute('stroke', getComputedStyle(document.querySelector('#hatch .hatch')).stroke);
    hatch.firstElementChild.setAttribute('stroke-width', 2);
    name.prepend(hatch);
    const paper = document.createElementNS(name.namespaceURI, 'rect');
    Object.entries({ x: -16, y: -8, width: width + 32, height: height + 24, fill: getComputedStyle(document.body).backgroundColor }).forEach(([key, value]) => paper.setAttribute(key, value));
    name.prepend(paper);
    Object.entries({ xmlns: name.namespaceURI, width: width + 32, height: height + 24, viewBox: `-16 -8 ${width + 32} ${height + 24}` }).forEach(([key, value]) => name.setAttribute(key, value));
    return { text: new XMLSerializer().serializeToString(name), width: width + 32, height: height + 24 };
  };

  const tools = (box) => box.querySelectorAll('[data-export]').forEach((button) => button.addEventListener('click', async () => {
    try { await TakeAway.picture(alone(box), button.dataset.export, box.dataset.drawn); } catch { TakeAway.told(button)('failed'); }
  }));

  const wire = () => document.querySelectorAll('[data-drawn]').forEach((box) => { travel(box); tools(box); });
  document.addEventListener('DOMContentLoaded', wire);
  document.addEventListener('viewchange', wire);
})();

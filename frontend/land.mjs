// Land, coasts and lakes of the part of the world where contacts took place: no country, no border. One degree is cut into a
// hundred steps (about a kilometre), and what is smaller than a few of them is left out.
const STEP = 0.01;
const WINDOW = { west: -130, east: 150, south: 0, north: 74 };
const SMALLEST = 0.25; // degrees across

const absolute = ({ arcs, transform: { scale, translate } }) => arcs.map((arc) => {
  let x = 0; let y = 0;
  return arc.map(([dx, dy]) => { x += dx; y += dy; return [x * scale[0] + translate[0], y * scale[1] + translate[1]]; });
});

const steps = (points) => {
  const whole = points.map(([x, y]) => [Math.round((x + 180) / STEP), Math.round((y + 90) / STEP)]);
  const kept = whole.filter(([x, y], i) => i === 0 || x !== whole[i - 1][0] || y !== whole[i - 1][1]);
  return kept.map(([x, y], i) => (i ? [x - kept[i - 1][0], y - kept[i - 1][1]] : [x, y]));
};

const shown = (ring, arcs) => {
  const points = ring.flatMap((index) => arcs[index < 0 ? ~index : index]);
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return west < WINDOW.east && east > WINDOW.west && south < WINDOW.north && north > WINDOW.south
    && Math.max(east - west, north - south) >= SMALLEST;
};

const polygons = (object) => object.geometries.flatMap((shape) => (shape.type === 'Polygon' ? [shape.arcs] : shape.arcs));

export const landOnly = (topology) => {
  const arcs = absolute(topology); const used = []; const places = new Map();
  const place = (index) => {
    const at = index < 0 ? ~index : index;
    if (!places.has(at)) { places.set(at, used.length); used.push(steps(arcs[at])); }
    return index < 0 ? ~places.get(at) : places.get(at);
  };
  const pick = (object) => polygons(object).filter(([outer]) => shown(outer, arcs))
    .map((rings) => rings.filter((ring) => shown(ring, arcs)).map((ring) => ring.map(place)));
  const collection = (geometry) => ({ type: 'GeometryCollection', geometries: [{ ...geometry, properties: {} }] });
  const [land, lakes] = ['land', 'lakes'].map((name) => pick(topology.objects[name]));
  return {
    type: 'Topology',
    objects: {
      land: collection({ type: 'MultiPolygon', arcs: land }),
      lakes: collection({ type: 'MultiPolygon', arcs: lakes }),
      coastlines: collection({ type: 'MultiLineString', arcs: land.flat() }),
    },
    arcs: used,
    transform: { scale: [STEP, STEP], translate: [-180, -90] },
  };
};

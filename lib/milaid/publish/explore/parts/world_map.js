// The world map: countries filled by classes, each leading to its rows.

// {items: [{name, iso3, value, address}], map, kind, width}
function worldMap({ items, map, kind, width }) {
  const byCode = new Map(items.filter((item) => item.iso3).map((item) => [item.iso3, item]));
  const bounds = classBounds(items.map((item) => item.value), kind);
  const countries = Object.entries(map.paths).map(([iso3, path]) => {
    const item = byCode.get(iso3);
    const role = item ? roleOf(item.value, bounds) : 'land';
    const outline = svg('path', { d: path, fill: `var(--${role})`, 'fill-rule': 'evenodd', stroke: 'var(--mute)', 'stroke-width': 3 });
    return item && item.value !== null ? leads(item.address, `${item.name}: ${shown(item.value, kind)}`, outline) : outline;
  });
  const below = 36;
  const inner = svg('svg', { viewBox: `0 0 ${map.width * 10} ${map.height * 10}`, width, height: width * map.height / map.width }, ...countries);
  const height = width * map.height / map.width + below;
  return sheet(width, height, inner, legend(bounds, kind, 4, height - 18, width));
}

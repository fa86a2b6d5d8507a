#!/bin/sh
# Makes services/web/static from what package-lock.json says. For developers: needs Node, and
# is needed only when a version or a style changes; what it makes is committed. Also gathers the
# examples that the Python package's components are compared with.
set -eu
cd "$(dirname "$0")"
made=../services/web/static
static=$(mktemp -d)
npm ci --silent --ignore-scripts --no-audit --no-fund
mkdir -p "$static/fonts" "$static/images"
npx sass --load-path=. --style=compressed --no-source-map --no-charset --quiet-deps \
    app.scss "$static/app.css" 2>/dev/null
# Without the comment that points to a source map, which is not served.
sed 's,//# sourceMappingURL=.*,,' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js \
    > "$static/govuk-frontend.min.js"
cp app.js favicon.svg "$static"
cp node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2 \
    node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2 "$static/fonts"
grep -o 'images/[a-z-]*\.svg' "$static/app.css" | sort -u | while read -r image; do
    cp "node_modules/@ministryofjustice/frontend/moj/assets/$image" "$static/$image"
done
{
    echo "govuk-frontend $(node -p 'require("govuk-frontend/package.json").version')"
    echo "@ministryofjustice/frontend $(node -p 'require("@ministryofjustice/frontend/package.json").version')"
    echo "@fontsource-variable/inter $(node -p 'require("@fontsource-variable/inter/package.json").version')"
} > "$static/VERSIONS"
cd "$static"
find . -type f ! -name SHA256SUMS | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum > SHA256SUMS
cd - >/dev/null
chmod 755 "$static"
rm -rf "$made"
mv "$static" "$made"
node fixtures.mjs | gzip -9n > ../tests/fixtures/govuk-frontend.json.gz

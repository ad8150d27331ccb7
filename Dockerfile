# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

# Without the packages for development, the embedded Postgres among them.
FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:20-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* \
  && groupadd --gid 10001 assay \
  && useradd --uid 10001 --gid assay --no-create-home assay \
  && install -d -o assay -g assay /var/lib/assay /var/lib/assay/artifacts /var/lib/assay/jobs
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE* ./
ENV NODE_ENV=production
USER assay
ENTRYPOINT ["node", "--enable-source-maps", "dist/cli/main.js"]
CMD ["--help"]

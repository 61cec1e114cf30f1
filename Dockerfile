# The Gatehouse app in a container: no root, nothing writable but the volume with the log of deliveries.
#
#   docker build -t gatehouse .
#   docker run --read-only --cap-drop=ALL --security-opt=no-new-privileges \
#     -v gatehouse-state:/state -p 3000:3000 --env-file gatehouse.env gatehouse
#
# This file was written without a registry or a container engine in reach: it was never built. The version of the base
# image is named, its digest is not. Pin it before you use it:
#
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim   # then: --build-arg NODE_IMAGE=node@sha256:...
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The lock file names every package by digest; no script of a package runs.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 GATEHOUSE_STATE=/state
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY core ./core
COPY adapters ./adapters
COPY bot ./bot
# Code belongs to root, so that the process cannot change it; the log of deliveries is the only thing it writes.
RUN install -d -o node -g node -m 0700 /state
USER node
VOLUME /state
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bot/main.ts"]

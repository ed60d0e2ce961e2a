# One image for server, signaling, worker and migrate; the command selects the process.

FROM node:22.21.1-slim AS web
WORKDIR /build/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web ./
RUN npm run build

FROM python:3.13.9-slim AS python
WORKDIR /app
RUN python -m venv /opt/vesper
ENV PATH=/opt/vesper/bin:$PATH
COPY requirements requirements
RUN pip install --no-cache-dir --require-hashes -r requirements/bootstrap.txt \
    && uv pip install --no-cache --require-hashes -r requirements/run.txt
COPY . .
RUN uv pip install --no-cache --no-build-isolation --no-deps --editable .

FROM python:3.13.9-slim
RUN useradd --system --create-home --uid 10001 vesper \
    && install -d -o vesper /var/lib/vesper/journal
COPY --from=python /opt/vesper /opt/vesper
COPY --from=python /app /app
COPY --from=web /build/web/dist /app/web/dist
ENV PATH=/opt/vesper/bin:$PATH WEB_DIST=/app/web/dist
USER 10001
WORKDIR /var/lib/vesper
ENTRYPOINT ["vesper"]
CMD ["--help"]

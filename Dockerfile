# The server with its client and scenarios inside: `docker build -t virtual-alliance .`
# Any Debian with Python 3.11 to 3.13 will do as a base; Alpine will not (the expression library has no build for musl).
ARG BASE_IMAGE=python:3.13-slim

FROM ${BASE_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements.lock ./
# every file is checked against the lock here; what only development needs stays behind in this stage
RUN python3 -m pip download --quiet --require-hashes --no-deps -r requirements.lock -d /wheels
COPY . .
# the client is built on the way, with Node from the package index
RUN python3 -m pip wheel --quiet --no-deps --wheel-dir /wheels . \
    && python3 -m venv /opt/alliance \
    && /opt/alliance/bin/pip install --quiet --no-index --find-links /wheels virtual-alliance

FROM ${BASE_IMAGE}
RUN useradd --system --uid 10001 --home-dir /data --create-home alliance
COPY --from=build /opt/alliance /opt/alliance
ENV PATH=/opt/alliance/bin:$PATH PYTHONUNBUFFERED=1
USER alliance
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD \
    ["python3", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/api/health', timeout=2)"]
CMD ["alliance", "serve", "--host", "0.0.0.0", "--port", "8000", "--data", "/data"]

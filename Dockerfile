# One image for web, worker, beat and the setup; the command says which.
FROM python:3.12-slim AS base

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/peacetracker STATIC_ROOT=/srv/static
WORKDIR /srv/peacetracker

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.txt

# The rules of the extraction as machine code, made in a stage of its own: the image needs no compiler. Where none can be
# had, the rules stay plain Python.
FROM base AS rules
COPY requirements-compile.txt .
RUN (apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-compile.txt) || true
COPY manage.py ./
COPY peacetracker peacetracker
RUN mkdir --parents peacetracker/newsroom/extraction/.compiled \
    && SECRET_KEY=only-for-compiling python manage.py compile_rules --try

FROM base
COPY . .
COPY --from=rules /srv/peacetracker/peacetracker/newsroom/extraction/.compiled peacetracker/newsroom/extraction/.compiled
# The key is for this one command and is kept nowhere.
RUN SECRET_KEY=only-for-collectstatic python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system --uid 10001 --home-dir "$VAR_DIR" --create-home peacetracker \
    && install --directory --owner=peacetracker /srv/releases
USER peacetracker
VOLUME $VAR_DIR
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "peacetracker.wsgi:application"]

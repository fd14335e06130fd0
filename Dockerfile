# One image for web, workers, beat and the migration step; docker-compose.yml tells them apart.
FROM python:3.11-slim-bookworm

RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 fonts-paratype \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 mentorship

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements.txt ./
# The tests' tools stay out of the image.
RUN sed '/^# --- tests and checks/,$d' requirements.txt > /tmp/requirements.txt \
    && pip install --no-cache-dir --disable-pip-version-check -r /tmp/requirements.txt

COPY . .
# Only the hashed, compressed files are kept; the secret is of this step alone.
RUN DEBUG=0 SECRET_KEY=build ALLOWED_HOSTS=build python manage.py collectstatic --noinput -v0 \
    && mkdir -p var/files && chown -R mentorship:mentorship var

USER mentorship
EXPOSE 8000
# No access log here: addresses of calendar feeds and resets are secrets; the proxy masks them.
CMD ["gunicorn", "mentorship.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]

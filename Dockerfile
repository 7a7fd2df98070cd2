FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --only-binary :all: -r requirements/base.txt

COPY . .
# The key is needed to read the settings, not to gather files; the image keeps neither.
RUN SECRET_KEY=not-used-while-building ALLOWED_HOSTS=localhost \
        python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin msportal \
    && install -d -o msportal -g msportal var

USER msportal
VOLUME /app/var
EXPOSE 8000
ENV HOST=0.0.0.0 PORT=8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "msportal.healthcheck"]
CMD ["python", "-m", "msportal.server"]

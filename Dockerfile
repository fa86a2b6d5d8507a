# One image for every process of Case Timeline; the command says which one it is.
FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /opt/case-timeline && python -m pip install --no-cache-dir uv==0.13.9
ENV VIRTUAL_ENV=/opt/case-timeline
COPY requirements.lock ./
RUN uv pip sync --require-hashes requirements.lock
COPY . .
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && uv pip install --no-deps /wheels/*.whl

FROM python:3.11-slim
RUN useradd --system --create-home --uid 10001 case-timeline
COPY --from=build /opt/case-timeline /opt/case-timeline
ENV PATH=/opt/case-timeline/bin:$PATH PYTHONUNBUFFERED=1
USER case-timeline
WORKDIR /home/case-timeline
CMD ["case-timeline", "--help"]

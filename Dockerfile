# A static binary in an empty image, run as nobody. CI makes the same build without Docker.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /samband . && mkdir -m 0700 /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /samband /samband
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
# Everything that is kept lies in /data. Without SAMBAND_OIDC_ISSUER the portal refuses to start on this address.
ENV SAMBAND_DATA=/data SAMBAND_ADDR=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=1m --timeout=20s CMD ["/samband", "doctor"]
ENTRYPOINT ["/samband"]

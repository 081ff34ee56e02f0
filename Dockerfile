# The service as an image: built from the sources, run by nobody in particular, on a file system that may be read-only.
# Everything that is kept is below /data. docs/operating.md says how it is run.
#
# There is no cache of classes for faster starts (./dyno makes one): it fits one build of one JVM, and an image that
# is moved to another machine would seldom have a use for it.
ARG BUILD_IMAGE=docker.io/library/eclipse-temurin:25-jdk
ARG RUN_IMAGE=docker.io/library/eclipse-temurin:25-jdk

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src/main src/main
COPY config/suites config/suites
COPY config/schedules.yml config/
# Of the commit only its name gets in: the repository itself does not.
ARG GIT_COMMIT=
RUN ./mvnw -q -Psbom -Dmaven.test.skip=true -Dspotless.check.skip=true -Ddyno.git.commit="${GIT_COMMIT}" package \
 && java -Djarmode=tools -jar target/dyno.jar extract --layers --destination target/layers \
 && sed -n 's:.*<dyno.jvm.flags>\(.*\)</dyno.jvm.flags>.*:\1:p' pom.xml > target/layers/jvm.flags

FROM ${RUN_IMAGE}
LABEL org.opencontainers.image.title="Dyno" \
      org.opencontainers.image.description="Benchmark jobs for data engines over HTTP, measured in fresh JVMs" \
      org.opencontainers.image.licenses="Apache-2.0"
# Layers from what changes seldom to what changes with each commit.
COPY --from=build /build/target/layers/dependencies/ /opt/dyno/
COPY --from=build /build/target/layers/snapshot-dependencies/ /opt/dyno/
COPY --from=build /build/target/layers/jvm.flags /opt/dyno/jvm.flags
COPY --from=build /build/target/layers/application/ /opt/dyno/
COPY config/suites /opt/dyno/config/suites
COPY config/schedules.yml /opt/dyno/config/
COPY --chmod=0755 src/main/docker/dyno /usr/local/bin/dyno
# The embedded PostgreSQL's initdb refuses a user that has no name.
RUN echo 'dyno:x:10001:10001:Dyno:/data:/usr/sbin/nologin' >> /etc/passwd \
 && echo 'dyno:x:10001:' >> /etc/group \
 && mkdir /data && chown 10001:10001 /data
USER 10001:10001
WORKDIR /data
ENV DYNO_DATA=/data
VOLUME /data
EXPOSE 8080 8081
# What a service that works answers within a second or two, once it has started.
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --retries=3 CMD ["dyno", "healthy"]
ENTRYPOINT ["dyno"]
CMD ["serve"]

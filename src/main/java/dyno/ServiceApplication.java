package dyno;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The service: everything that Spring wires.
@SpringBootApplication
class ServiceApplication {}

/// What every HTTP answer shares: problems, paging, idempotency keys, request ids.
@NullMarked
package dyno.web;

import org.jspecify.annotations.NullMarked;

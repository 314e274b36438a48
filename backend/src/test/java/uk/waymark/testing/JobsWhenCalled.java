package uk.waymark.testing;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.processor.ExecutableMethodProcessor;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.scheduling.processor.ScheduledMethodProcessor;
import jakarta.inject.Singleton;

/**
 * Jobs that begin some seconds after a start and come again do nothing by themselves in a test: one would now and then come between
 * two of its steps. A test calls them, or moves the sandbox's clock, which calls those that fall due.
 */
@Singleton
@Replaces(ScheduledMethodProcessor.class)
@Requires(env = "test")
@Requires(missingProperty = RunningWaymark.JOBS)
final class JobsWhenCalled implements ExecutableMethodProcessor<Scheduled> {
    @Override
    public void process(BeanDefinition<?> bean, ExecutableMethod<?, ?> method) { }
}

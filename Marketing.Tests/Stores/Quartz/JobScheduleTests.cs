using Marketing.Domain.Ports;
using Marketing.Stores.Quartz;

namespace Marketing.Tests.Stores.Quartz;

public sealed class JobScheduleTests
{
    private readonly JobOptionsValidator _validator = new(new NamedJobs());

    [Theory]
    [InlineData("retention", "0 0 4 * * ?")]
    [InlineData("retention", "")]
    public void A_job_at_a_time_or_switched_off_is_accepted(string job, string cron) =>
        Assert.True(_validator.Validate(null, Schedule(job, cron)).Succeeded);

    [Fact]
    public void A_time_that_cannot_be_read_is_refused_with_the_setting_and_an_example()
    {
        var result = _validator.Validate(null, Schedule("retention", "every day"));

        Assert.Equal(
            "Jobs:Schedules:retention is 'every day', which is not a cron expression; an example is '0 30 3 * * ?' (every day at 03:30 UTC).",
            result.FailureMessage);
    }

    [Fact]
    public void A_job_that_does_not_exist_is_refused_by_naming_those_that_do()
    {
        var result = _validator.Validate(null, Schedule("tidy", "0 0 4 * * ?"));

        Assert.Equal("Jobs:Schedules:tidy is not a job; the jobs are dead-letters, retention.", result.FailureMessage);
    }

    private static JobOptions Schedule(string job, string cron) => new() { Schedules = new() { [job] = cron } };

    private sealed class NamedJobs : IMaintenanceJobs
    {
        public IReadOnlyList<string> Names => ["dead-letters", "retention"];

        public Task<string> RunAsync(string name, CancellationToken cancellationToken) => Task.FromResult("");
    }
}

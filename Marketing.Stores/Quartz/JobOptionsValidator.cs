using Marketing.Domain.Ports;
using Microsoft.Extensions.Options;
using Quartz;

namespace Marketing.Stores.Quartz;

/// <summary>Rejects at startup a schedule for an unknown job or with an invalid cron expression.</summary>
internal sealed class JobOptionsValidator(IMaintenanceJobs jobs) : IValidateOptions<JobOptions>
{
    public ValidateOptionsResult Validate(string? name, JobOptions options)
    {
        var failures = new List<string>();
        foreach (var (job, cron) in options.Schedules)
        {
            if (!jobs.Names.Contains(job))
            {
                failures.Add($"{JobOptions.Section}:Schedules:{job} is not a job; the jobs are {string.Join(", ", jobs.Names)}.");
            }
            else if (cron.Length > 0 && !CronExpression.TryParse(cron, out _))
            {
                failures.Add(
                    $"{JobOptions.Section}:Schedules:{job} is '{cron}', which is not a cron expression; an example is '0 30 3 * * ?' (every day at 03:30 UTC).");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

using Marketing.Projections.Maintenance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace Marketing.Stores.Quartz;

/// <summary>Registers the own schedule; only where the projector is hosted, so that one process runs it.</summary>
public static class JobSchedule
{
    /// <summary>Adds the jobs and runs them at the times of <see cref="JobOptions"/>.</summary>
    public static IHostApplicationBuilder AddJobSchedule(this IHostApplicationBuilder builder)
    {
        builder.AddMaintenance();
        builder.Services.AddOptions<JobOptions>().BindConfiguration(JobOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<JobOptions>, JobOptionsValidator>();

        var jobs = builder.Configuration.GetSection(JobOptions.Section).Get<JobOptions>() ?? new JobOptions();
        if (jobs.Enabled)
        {
            builder.Services.AddQuartz(quartz => Schedule(quartz, jobs));
            builder.Services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        }

        return builder;
    }

    private static void Schedule(IQuartzBuilder quartz, JobOptions jobs)
    {
        foreach (var (name, cron) in jobs.Schedules)
        {
            // What cannot be read is refused by the options' validation, with a sentence of ours.
            if (CronExpression.TryParse(cron, out _))
            {
                quartz.ScheduleJob<ScheduledJob>(
                    trigger => trigger
                        .WithIdentity(name)
                        .WithCronSchedule(cron, schedule => schedule.InTimeZone(TimeZoneInfo.Utc)),
                    job => job.WithIdentity(name));
            }
        }
    }
}

using Marketing.Projections.Maintenance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace Marketing.Stores.Quartz;

/// <summary>Registers the job schedule in a process that hosts the projector; with several workers, each runs every job.</summary>
public static class JobSchedule
{
    /// <summary>Adds the jobs and runs them as <see cref="JobOptions"/> schedules them.</summary>
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
            // The options' validation rejects an invalid expression with our own message.
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

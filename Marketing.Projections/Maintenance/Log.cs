using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Maintenance;

internal static partial class Log
{
    [LoggerMessage(4101, LogLevel.Information, "Job {Job}: {Done}")]
    public static partial void Done(ILogger logger, string job, string done);

    [LoggerMessage(4102, LogLevel.Error, "Job {Job} failed ({Error}); it will run again at its next scheduled time")]
    public static partial void Failed(ILogger logger, string job, string error);

    [LoggerMessage(4103, LogLevel.Warning, "Projection {Projection} differs from the log: {Missing} missing, {Orphaned} orphaned, {Different} different, {Derived} derived, of {Expected} expected; for example {Samples}")]
    public static partial void Inconsistent(
        ILogger logger, string projection, long missing, long orphaned, long different, long derived, long expected, string samples);

    [LoggerMessage(4104, LogLevel.Warning, "{Count} dead letters from {Source} need a decision; the oldest is from {Oldest}")]
    public static partial void DeadLetters(ILogger logger, int count, string source, DateTimeOffset oldest);
}

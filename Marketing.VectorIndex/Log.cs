using Microsoft.Extensions.Logging;

namespace Marketing.VectorIndex;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "Vector index opened: {Entries} entries in {Milliseconds} ms")]
    public static partial void Opened(ILogger logger, int entries, long milliseconds);

    [LoggerMessage(6002, LogLevel.Information, "Vector index trained {Lists} inverted lists for {Entries} entries in {Milliseconds} ms")]
    public static partial void Trained(ILogger logger, int lists, int entries, long milliseconds);

    [LoggerMessage(6003, LogLevel.Error, "Vector index could not train its inverted lists; it continues with those it has")]
    public static partial void TrainingFailed(ILogger logger, Exception exception);
}

using Microsoft.Extensions.Logging;

namespace Marketing.Stores.InProcess;

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Information, "Vector index opened: {Messages} messages in {Milliseconds} ms")]
    public static partial void Opened(ILogger logger, int messages, long milliseconds);

    [LoggerMessage(3102, LogLevel.Information, "Vector index trained {Lists} inverted lists for {Messages} messages in {Milliseconds} ms")]
    public static partial void Trained(ILogger logger, int lists, int messages, long milliseconds);

    [LoggerMessage(3103, LogLevel.Error, "Vector index could not train its inverted lists; it continues with those it has")]
    public static partial void TrainingFailed(ILogger logger, Exception exception);

    [LoggerMessage(3104, LogLevel.Warning, "Vector index was made with {Stored} and the embedder is {Expected}; it starts empty and is filled again from the log")]
    public static partial void OtherSpace(ILogger logger, string stored, string expected);
}

using System.Net.Sockets;
using System.Text;

namespace Marketing.ServiceDefaults;

/// <summary>An exception reduced to what a log may contain: types and stack traces.</summary>
/// <remarks>
/// The message is kept only for types that never quote a request. Others do: "The input string '…' was not in a correct format", or a
/// driver that names a duplicate key.
/// </remarks>
internal sealed class LoggedException : Exception
{
    private static readonly HashSet<string> QuoteNothing =
    [
        typeof(IOException).FullName!, typeof(SocketException).FullName!, typeof(HttpRequestException).FullName!,
        typeof(TimeoutException).FullName!, typeof(OperationCanceledException).FullName!, typeof(TaskCanceledException).FullName!,
        typeof(UnauthorizedAccessException).FullName!, typeof(ObjectDisposedException).FullName!, typeof(OutOfMemoryException).FullName!,
        "Microsoft.Data.Sqlite.SqliteException",
    ];

    private readonly string _text;

    private LoggedException(string message, string text)
        : base(message) => _text = text;

    /// <summary>Wraps an exception; null stays null.</summary>
    public static LoggedException? Of(Exception? exception)
    {
        if (exception is null or LoggedException)
        {
            return (LoggedException?)exception;
        }

        var text = new StringBuilder();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            _ = text.Append(text.Length == 0 ? "" : " ---> ").Append(Describe(inner));
        }

        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            _ = text.Append(inner.StackTrace is { } trace ? $"{Environment.NewLine}{trace}" : "");
        }

        return new LoggedException(Describe(exception), text.ToString());
    }

    public override string ToString() => _text;

    private static string Describe(Exception exception)
    {
        var type = exception.GetType().FullName!;
        return QuoteNothing.Contains(type) ? $"{type}: {LogText.Escape(exception.Message)}" : type;
    }
}

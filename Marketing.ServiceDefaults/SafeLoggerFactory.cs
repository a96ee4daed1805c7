using Microsoft.Extensions.Logging;

namespace Marketing.ServiceDefaults;

/// <summary>Sanitizes every log line, ours and the frameworks', before it reaches the console or OTLP.</summary>
/// <remarks>Untrusted text cannot start a new line, control a terminal or identify a person.</remarks>
internal sealed class SafeLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new SafeLogger(
        inner.CreateLogger(categoryName), categoryName.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class SafeLogger(ILogger inner, bool ofRequests) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        // ASP.NET Core's scope contains the path.
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => ofRequests ? null : inner.BeginScope(state);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, SafeState.Of(state, formatter, ofRequests, eventId), LoggedException.Of(exception),
                    static (safe, _) => safe.ToString());
            }
        }
    }
}

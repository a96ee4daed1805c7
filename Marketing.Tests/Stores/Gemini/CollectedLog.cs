using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Marketing.Tests.Stores.Gemini;

/// <summary>Collects all log output at every level as text, to search for what must not be logged.</summary>
internal sealed class CollectedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception) + exception);

    public override string ToString() => string.Join('\n', _lines);

    public void Dispose()
    {
        // Nothing to dispose.
    }
}

namespace Marketing.Tests.Servers;

/// <summary>Waits for a condition, and fails the test if it never becomes true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Polls the condition; <paramref name="what"/> describes it in the failure message.</summary>
    public static Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? limit = null) => TrueAsync(() => what, condition, limit);

    /// <summary>Polls the condition, with a description that is created only on failure.</summary>
    public static async Task TrueAsync(Func<string> what, Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(limit ?? Limit);
        while (!await condition())
        {
            Assert.False(over.IsCancellationRequested, $"It never came true that {what()}.");
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }
}

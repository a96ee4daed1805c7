namespace Marketing.Tests.Servers;

/// <summary>Waits for what becomes true by itself, and fails the test when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again; <paramref name="what"/> says in the failure what never came true.</summary>
    public static Task TrueAsync(string what, Func<Task<bool>> condition) => TrueAsync(() => what, condition);

    /// <summary>The same where what is to be said is only known in the end.</summary>
    public static async Task TrueAsync(Func<string> what, Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"It never came true that {what()}.");
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }
}

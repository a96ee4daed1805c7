using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Recommendations;

internal static class PassingTime
{
    /// <summary>
    /// Advances the fake clock until the work is done, no faster than real time, so that a healthy store does not time out because its code
    /// runs for the first time.
    /// </summary>
    public static async Task<T> WhileTimePasses<T>(this Task<T> work, FakeTimeProvider time)
    {
        while (!work.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(work, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        return await work;
    }
}

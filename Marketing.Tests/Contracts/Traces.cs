using System.Text;

namespace Marketing.Tests.Contracts;

/// <summary>Looks for what was erased in what is on disk.</summary>
internal static class Traces
{
    /// <param name="disk">Everything there is; null when it is not ours to see, and then there is nothing to assert.</param>
    /// <param name="texts">What must not be in it, as UTF-8.</param>
    public static void None(byte[]? disk, params string[] texts)
    {
        if (disk is not null)
        {
            Assert.All(texts, text => Assert.Equal(-1, disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text))));
        }
    }

    /// <summary>The opposite, so that a search that cannot find is noticed.</summary>
    public static void Some(byte[]? disk, params string[] texts)
    {
        if (disk is not null)
        {
            Assert.All(texts, text => Assert.NotEqual(-1, disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text))));
        }
    }
}

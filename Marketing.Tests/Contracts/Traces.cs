using System.Text;

namespace Marketing.Tests.Contracts;

/// <summary>Searches files for erased data.</summary>
internal static class Traces
{
    /// <param name="disk">Everything on disk; if null, the files are not accessible and nothing is asserted.</param>
    /// <param name="texts">Texts that must not occur, as UTF-8.</param>
    public static void None(byte[]? disk, params string[] texts)
    {
        if (disk is not null)
        {
            Assert.All(texts, text => Assert.Equal(-1, disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text))));
        }
    }

    /// <summary>Asserts that the texts do occur, to prove that the search works.</summary>
    public static void Some(byte[]? disk, params string[] texts)
    {
        if (disk is not null)
        {
            Assert.All(texts, text => Assert.NotEqual(-1, disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text))));
        }
    }
}

using Marketing.Stores;
using Marketing.Stores.Embedding;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Embedding;

/// <summary>A model with wrong weights returns vectors too, but they are noise; only the digest reveals it.</summary>
public sealed class ModelDigestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelDigestTests()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "models", "marketing-static-256")))
        {
            File.Copy(file, Path.Combine(_folder.Path, Path.GetFileName(file)));
        }
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("vocab.txt")]
    public void A_changed_file_of_a_model_is_refused_with_a_sentence(string file)
    {
        StaticEmbeddingGenerator.Load(_folder.Path).Dispose();
        Change(file);
        var error = Assert.Throws<StoreStartupException>(() => Resolve([]));
        Assert.Contains($"{file} is not the one that", error.Message, StringComparison.Ordinal);
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_digests_is_refused_unless_a_setting_says_that_it_need_not_have_any()
    {
        File.Delete(Path.Combine(_folder.Path, "SHA256SUMS"));
        var error = Assert.Throws<StoreStartupException>(() => Resolve([]));
        Assert.Contains("Embedding:VerifyModel", error.Message, StringComparison.Ordinal);
        Change("model.safetensors");
        Resolve([new("Embedding:VerifyModel", "false")]);
    }

    public void Dispose() => _folder.Dispose();

    private void Change(string file)
    {
        using var stream = new FileStream(Path.Combine(_folder.Path, file), FileMode.Open);
        stream.Position = stream.Length - 100;
        var old = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(old ^ 1));
    }

    private void Resolve(KeyValuePair<string, string?>[] settings)
    {
        using var data = new TemporaryFolder();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("Storage:DataDirectory", data.Path), new("Embedding:ModelDirectory", _folder.Path), .. settings]);
        builder.AddMarketingStores();
        using var host = builder.Build();
        host.Services.GetRequiredService<StaticEmbeddingGenerator>();
    }
}

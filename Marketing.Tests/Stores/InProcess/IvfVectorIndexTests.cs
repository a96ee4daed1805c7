using Marketing.Stores.InProcess;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.InProcess;

/// <summary>The same contract once the messages are divided into cells, which here is almost at once.</summary>
public sealed class IvfVectorIndexTests : VectorIndexContract
{
    protected override Task<IVectorIndexHost> OpenAsync() => Task.FromResult<IVectorIndexHost>(
        new InProcessVectorIndexHost(Dimensions, new VectorIndexOptions { MessagesBeforeCells = 16, RecallTarget = 1 }));
}
